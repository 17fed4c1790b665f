const SCALE = 2

/** Saves a picture as a PNG file, in the present theme. */
export async function saveSvg(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.getBoundingClientRect()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standaloneSvg(svg))}`
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(width * SCALE)
  canvas.height = Math.round(height * SCALE)
  const context = canvas.getContext("2d")!
  context.fillStyle = valueOf("--surface-0")
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const link = document.createElement("a")
  link.href = canvas.toDataURL("image/png")
  link.download = `${name}.png`
  link.click()
}

/** The picture's markup with every colour role replaced by its colour: outside the page the roles do not exist. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const { width, height } = svg.getBoundingClientRect()
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("width", String(width))
  copy.setAttribute("height", String(height))
  copy.setAttribute("font-family", "Inter, system-ui, sans-serif")
  return new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, role: string) => valueOf(role))
}

function valueOf(role: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(role).trim()
}
