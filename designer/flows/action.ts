/** Something that a person can do in the editor: in the command palette, by key, in the list of shortcuts. */
export interface Action {
  readonly id: string
  readonly title: string
  /** As `mod+shift+z`, `delete`, `?`; several where the custom knows several. `mod` is Ctrl, or ⌘ on a Mac. */
  readonly keys: readonly string[]
  /** False where it cannot be done now; the key is then left to the browser. @default always */
  readonly when?: () => boolean
  readonly run: () => void
  /** True for gestures that a list need not repeat. @default false */
  readonly quiet?: boolean
}

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)

const names: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  delete: 'Del',
  escape: 'Esc',
}

/** `mod+shift+z` as the parts that a person reads. */
export const keyParts = (key: string): string[] =>
  key === '+'
    ? [key]
    : key
        .split('+')
        .map(
          (part) =>
            names[part] ??
            (part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)),
        )

/** The pressed keys in the form that `Action.keys` has. Letters go by the key's own place, so that Alt changes nothing. */
export function pressed(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  const key = (letter ?? event.key).toLowerCase()
  const printable = key.length === 1 && !/[a-z0-9]/.test(key)
  return [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.shiftKey && !printable ? 'shift' : '',
    event.altKey ? 'alt' : '',
    key,
  ]
    .filter(Boolean)
    .join('+')
}
