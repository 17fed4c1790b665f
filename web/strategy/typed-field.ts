/** The field the person is typing into; undefined where a button, a list or the pointer is what changes things. */
export function typedField(): Element | undefined {
  const field = globalThis.document?.activeElement
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || isEditable(field)
    ? (field ?? undefined)
    : undefined
}

/** The code editor is no field of a form. */
function isEditable(field: Element | null | undefined): boolean {
  return field instanceof HTMLElement && field.isContentEditable
}
