import { isObject } from '#core/json.ts'

/** A reference to an uploaded file, as values carry it. */
export interface FileRef {
  readonly blob: string
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly size: number
}

/** The reference that a value is, or null where it is something else. */
export function fileRefOf(value: unknown): FileRef | null {
  if (!isObject(value) || typeof value['blob'] !== 'string') return null
  const { blob, name, type, size } = value
  if (!/^sha256:[0-9a-f]{64}$/.test(blob as string)) return null
  return {
    blob: blob as string,
    name: typeof name === 'string' ? name : (blob as string).slice(0, 15),
    type: typeof type === 'string' ? type : 'application/octet-stream',
    size: typeof size === 'number' ? size : 0,
  }
}

const units = ['B', 'kB', 'MB', 'GB']

/** `512 B`, `48.2 kB`, `5 MB`: decimal units. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** power
  return `${power === 0 ? amount : amount.toFixed(1).replace(/\.0$/, '')} ${units[power] ?? 'B'}`
}

/** Every file reference inside a value with the path to it, in order, at most `limit`. */
export function filesIn(
  value: unknown,
  limit = 24,
): { readonly label: string; readonly file: FileRef }[] {
  const found: { label: string; file: FileRef }[] = []
  const seen = new Set<string>()
  const walk = (item: unknown, label: string, depth: number): void => {
    if (found.length >= limit || depth > 8) return
    const file = fileRefOf(item)
    if (file !== null) {
      if (!seen.has(file.blob)) found.push({ label, file })
      seen.add(file.blob)
    } else if (Array.isArray(item))
      item
        .slice(0, 200)
        .forEach((element, index) => walk(element, `${label} ${index + 1}`, depth + 1))
    else if (isObject(item))
      for (const [key, member] of Object.entries(item)) walk(member, key, depth + 1)
  }
  walk(value, 'file', 0)
  return found
}
