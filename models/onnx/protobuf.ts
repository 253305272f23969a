/** The few wire forms of Protocol Buffers that an ONNX file needs. A message is the concatenation of its fields. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

export function message(...fields: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(fields.reduce((size, field) => size + field.length, 0))
  let at = 0
  for (const field of fields) {
    whole.set(field, at)
    at += field.length
  }
  return whole
}

/** Base 128, low bits first; negative numbers as 64-bit two's complement. */
export function varint(value: number): Bytes {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  return Uint8Array.from([...bytes, Number(rest)])
}

export const intField = (field: number, value: number): Bytes =>
  message(varint(field << 3), varint(value))

export const bytesField = (field: number, value: Bytes): Bytes =>
  message(varint((field << 3) | 2), varint(value.length), value)

export const stringField = (field: number, value: string): Bytes =>
  bytesField(field, encoder.encode(value))

/** IEEE 754 single precision, little endian. */
export function floats(values: readonly number[]): Bytes {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  values.forEach((value, at) => view.setFloat32(at * 4, value, true))
  return bytes
}

export const floatField = (field: number, value: number): Bytes =>
  message(varint((field << 3) | 5), floats([value]))

/** 64-bit integers, little endian, as `raw_data` holds them. */
export function longs(values: readonly number[]): Bytes {
  const bytes = new Uint8Array(values.length * 8)
  const view = new DataView(bytes.buffer)
  values.forEach((value, at) => view.setBigInt64(at * 8, BigInt(value), true))
  return bytes
}

export const packedInts = (field: number, values: readonly number[]): Bytes =>
  bytesField(field, message(...values.map(varint)))
