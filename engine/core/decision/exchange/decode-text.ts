/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so; what is no UTF-8 is read as Windows-1252,
 * which is how spreadsheets of that system write CSV. Node 20 reads its letters right, not its signs from 80 to 9F.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
