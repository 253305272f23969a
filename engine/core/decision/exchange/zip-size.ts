/**
 * The bytes that an archive says it holds when unpacked, by its directory; null where it is no archive. Reads no
 * entry, so that a small file that unpacks to gigabytes can be refused before it is opened.
 */
export function unpackedSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === null) return null
  const entries = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let size = 0
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return null
    size += view.getUint32(at + 24, true)
    const [name, extra, comment] = [28, 30, 32].map((of) => view.getUint16(at + of, true))
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return size
}

/** The record at the end of the file, behind which only a comment of at most 65,535 bytes may stand. */
function endOfDirectory(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= first; at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return null
}
