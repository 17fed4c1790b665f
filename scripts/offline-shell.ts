import { VitePWA } from "vite-plugin-pwa"
import { heavyCode } from "./code-parts.ts"

/** Chunks too heavy to fetch in advance: they are cached on first use. */
const heavyChunks = [...heavyCode, "assets/{web-llm,wllama,ccxt,undici,tfjs,ort}{-,.}*"]

/**
 * The installable, offline part of the app: the web manifest and a service worker that caches the shell, the engine
 * and the sample market. A new version waits until the person agrees, so that a running backtest is never cut off.
 */
export function offlineShell() {
  return VitePWA({
    registerType: "prompt",
    // The page registers the worker itself (web/offline.ts): Trusted Types refuse a script URL that is a bare string.
    injectRegister: false,
    manifest: {
      id: "/",
      name: "Candlewright",
      short_name: "Candlewright",
      description: "Turn an idea into a trading bot you understand.",
      lang: "en",
      start_url: "/",
      scope: "/",
      display: "standalone",
      background_color: "#14120f",
      theme_color: "#14120f",
      categories: ["finance", "productivity"],
      icons: [
        { src: "/icons/candle-192.png", sizes: "192x192", type: "image/png" },
        { src: "/icons/candle-512.png", sizes: "512x512", type: "image/png" },
        { src: "/icons/candle-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        { src: "/icons/candle.svg", sizes: "any", type: "image/svg+xml" },
      ],
    },
    includeManifestIcons: false,
    workbox: {
      // One file: importScripts with a string is refused inside the worker too.
      inlineWorkboxRuntime: true,
      clientsClaim: true,
      cleanupOutdatedCaches: true,
      globPatterns: ["**/*.{html,js,css,wasm,svg}", "icons/*.png", "assets/*-latin-wght-*.woff2", "code-parts.json"],
      globIgnores: heavyChunks,
      maximumFileSizeToCacheInBytes: 3 * 1024 * 1024,
      navigateFallback: "/index.html",
      navigateFallbackDenylist: [/^\/api\//],
      dontCacheBustURLsMatching: /\/assets\/|^assets\//,
      runtimeCaching: [
        {
          urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"),
          handler: "CacheFirst",
          options: { cacheName: "lazy-assets", expiration: { maxEntries: 200 } },
        },
      ],
    },
  })
}
