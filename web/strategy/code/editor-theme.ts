import type * as Monaco from "monaco-editor/editor.js"
import { colourOf, onThemeChange, themeName } from "../../ui/theme.ts"

/** The one theme of all editors, in the colours the page has now. */
export const EDITOR_THEME = "candlewright"

/** Paints editors in the page's colours, from now on. */
export function paintEditors(monaco: typeof Monaco): void {
  define(monaco)
  onThemeChange(() => {
    define(monaco)
    monaco.editor.setTheme(EDITOR_THEME)
  })
}

function define(monaco: typeof Monaco): void {
  const isDark = themeName().startsWith("dark")
  const ink = (role: string) => colourOf(role).slice(1)
  monaco.editor.defineTheme(EDITOR_THEME, {
    base: isDark ? "vs-dark" : "vs",
    inherit: false,
    rules: [
      { token: "", foreground: ink("ink-normal") },
      { token: "comment", foreground: ink("ink-faint"), fontStyle: "italic" },
      { token: "keyword", foreground: ink("accent") },
      { token: "string", foreground: ink("gain") },
      { token: "string.key.json", foreground: ink("ink-strong") },
      { token: "number", foreground: ink("info") },
      { token: "type", foreground: ink("mode-testnet") },
      { token: "delimiter", foreground: ink("ink-soft") },
    ],
    colors: {
      "editor.background": colourOf("surface-0"),
      "editor.foreground": colourOf("ink-normal"),
      "editor.lineHighlightBackground": colourOf("surface-1"),
      "editor.selectionBackground": colourOf("surface-3"),
      "editorLineNumber.foreground": colourOf("ink-faint"),
      "editorLineNumber.activeForeground": colourOf("ink-strong"),
      "editorCursor.foreground": colourOf("accent"),
      "editorError.foreground": colourOf("loss"),
      "editorWarning.foreground": colourOf("warn"),
      "editorWidget.background": colourOf("surface-1"),
      "editorWidget.foreground": colourOf("ink-normal"),
      "editorWidget.border": colourOf("line"),
      "editorSuggestWidget.background": colourOf("surface-1"),
      "editorSuggestWidget.foreground": colourOf("ink-normal"),
      "editorSuggestWidget.selectedBackground": colourOf("surface-3"),
      "editorSuggestWidget.selectedForeground": colourOf("ink-strong"),
      "editorSuggestWidget.highlightForeground": colourOf("accent"),
      "editorSuggestWidget.focusHighlightForeground": colourOf("accent"),
      "editorHoverWidget.background": colourOf("surface-1"),
      "editorHoverWidget.foreground": colourOf("ink-normal"),
      "input.background": colourOf("surface-0"),
      "input.foreground": colourOf("ink-normal"),
      "list.hoverBackground": colourOf("surface-2"),
      focusBorder: colourOf("accent"),
      "textLink.foreground": colourOf("accent"),
      descriptionForeground: colourOf("ink-soft"),
    },
  })
}
