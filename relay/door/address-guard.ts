import { BlockList, isIP } from "node:net"

const ranges: [address: string, prefix: number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["::", 96],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
]

const closed = listOf(ranges)
const own = listOf([
  ["127.0.0.0", 8],
  ["::1", 128],
])

/** Whether an address is one of the open internet, or of this computer where its owner has allowed that and no other. */
export function mayReach(address: string, { isLocal }: { isLocal: boolean }): boolean {
  const plain = plainAddress(address)
  const family = isIP(plain)
  if (family === 0) return false
  const kind = family === 4 ? "ipv4" : "ipv6"
  return isLocal ? own.check(plain, kind) : !closed.check(plain, kind)
}

/** Whether a network address is one of this computer's own. */
export function isOwnAddress(address: string): boolean {
  return mayReach(address, { isLocal: true })
}

/** An IPv4 address in IPv6 clothes is the IPv4 address. */
export function plainAddress(address: string): string {
  const [, dotted] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (dotted !== undefined) return dotted
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? []
  if (high === undefined) return address
  const [h, l] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [h >> 8, h & 255, l >> 8, l & 255].join(".")
}

function listOf(all: readonly [address: string, prefix: number][]): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of all) list.addSubnet(address, prefix, address.includes(":") ? "ipv6" : "ipv4")
  return list
}
