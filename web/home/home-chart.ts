// What the home screen needs of the charts, fetched by itself: the live ones stay behind.
export { RunChart } from "../chart/index.ts"
