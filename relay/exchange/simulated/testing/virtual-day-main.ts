import { virtualHours } from "./virtual-day.ts"

// One line of JSON: what hours of virtual trading with this seed come to. Run: npx tsx virtual-day-main.ts SEED HOURS
const [, , seed, hours] = process.argv
console.log(JSON.stringify(await virtualHours(seed, Number(hours))))
process.exit(0)
