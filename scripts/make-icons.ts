import { readFile, writeFile } from "node:fs/promises"
import { chromium } from "playwright"
import { chromiumArguments, needChromium } from "./chromium.ts"
import { projectPath } from "./project-path.ts"

// Draws public/icons/*.png from candle.svg. Run it by hand after changing the drawing: npx tsx scripts/make-icons.ts
const browser = await chromium.launch({ executablePath: needChromium(), args: chromiumArguments })
const drawing = await readFile(projectPath("public/icons/candle.svg"), "utf8")
await draw("candle-192.png", 192, drawing)
await draw("candle-512.png", 512, drawing)
await draw("candle-maskable-512.png", 512, maskable(drawing))
await browser.close()

/** A launcher may cut a maskable icon down to a circle of 80 %: full background, smaller mark. */
function maskable(svg: string) {
  return svg
    .replace('rx="112"', "")
    .replace('<g id="mark">', '<g transform="translate(256 256) scale(0.76) translate(-256 -250)">')
}

async function draw(name: string, pixels: number, svg: string) {
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
  await writeFile(projectPath(`public/icons/${name}`), await page.screenshot({ omitBackground: true }))
  await page.close()
}
