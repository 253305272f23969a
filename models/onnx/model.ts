import {
  bytesField,
  floatField,
  floats,
  intField,
  longs,
  message,
  packedInts,
  stringField,
  type Bytes,
} from './protobuf.ts'

/** Field numbers are those of onnx.proto, IR version 8. */
const elementTypes = { float: 1, int64: 7 } as const

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }

export interface OnnxNode {
  readonly op: string
  /** @default the standard operators */
  readonly domain?: 'ai.onnx.ml'
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** A constant of the graph, in row order. */
interface OnnxConstant {
  readonly name: string
  readonly type: keyof typeof elementTypes
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

/** A float tensor that goes in or comes out; `rows` is the free first dimension. */
interface OnnxTensor {
  readonly name: string
  readonly columns: number
}

export interface OnnxModel {
  readonly name: string
  readonly version: string
  readonly inputs: readonly OnnxTensor[]
  readonly outputs: readonly OnnxTensor[]
  readonly constants: readonly OnnxConstant[]
  readonly nodes: readonly OnnxNode[]
}

export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value })
export const floatList = (value: readonly number[]): Attribute => ({ kind: 'floats', value })
export const strings = (value: readonly string[]): Attribute => ({ kind: 'strings', value })
export const int = (value: number): Attribute => ({ kind: 'int', value })

/** By kind: the number of the type in AttributeProto, and the field that holds the value. */
const attributeBody: {
  readonly [K in Attribute['kind']]: (
    attribute: Extract<Attribute, { kind: K }>,
  ) => readonly Bytes[]
} = {
  float: ({ value }) => [floatField(2, value), intField(20, 1)],
  int: ({ value }) => [intField(3, value), intField(20, 2)],
  floats: ({ value }) => [bytesField(7, floats(value)), intField(20, 6)],
  ints: ({ value }) => [packedInts(8, value), intField(20, 7)],
  strings: ({ value }) => [...value.map((text) => stringField(9, text)), intField(20, 8)],
}

const attributeProto = (name: string, attribute: Attribute): Bytes => {
  // The table is keyed by the kind, so the encoder found fits the attribute.
  const body = attributeBody[attribute.kind] as (attribute: Attribute) => readonly Bytes[]
  return message(stringField(1, name), ...body(attribute))
}

const nodeProto = (node: OnnxNode): Bytes =>
  message(
    ...node.inputs.map((input) => stringField(1, input)),
    ...node.outputs.map((output) => stringField(2, output)),
    stringField(4, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, attribute]) =>
      bytesField(5, attributeProto(name, attribute)),
    ),
    ...(node.domain === undefined ? [] : [stringField(7, node.domain)]),
  )

const tensorProto = ({ name, type, shape, values }: OnnxConstant): Bytes =>
  message(
    packedInts(1, shape),
    intField(2, elementTypes[type]),
    stringField(8, name),
    bytesField(9, type === 'float' ? floats(values) : longs(values)),
  )

const valueInfoProto = ({ name, columns }: OnnxTensor): Bytes => {
  const shape = message(bytesField(1, stringField(2, 'rows')), bytesField(1, intField(1, columns)))
  const tensorType = message(intField(1, elementTypes.float), bytesField(2, shape))
  return message(stringField(1, name), bytesField(2, bytesField(1, tensorType)))
}

const opset = (domain: string, version: number): Bytes =>
  bytesField(8, message(stringField(1, domain), intField(2, version)))

const metadata = (key: string, value: string): Bytes =>
  bytesField(14, message(stringField(1, key), stringField(2, value)))

/** The bytes of a `.onnx` file: IR version 8, opset 15, ai.onnx.ml 3. */
export const encodeModel = (model: OnnxModel): Bytes =>
  message(
    intField(1, 8),
    stringField(2, 'metis'),
    bytesField(
      7,
      message(
        ...model.nodes.map((node) => bytesField(1, nodeProto(node))),
        stringField(2, model.name),
        ...model.constants.map((constant) => bytesField(5, tensorProto(constant))),
        ...model.inputs.map((tensor) => bytesField(11, valueInfoProto(tensor))),
        ...model.outputs.map((tensor) => bytesField(12, valueInfoProto(tensor))),
      ),
    ),
    opset('', 15),
    opset('ai.onnx.ml', 3),
    metadata('name', model.name),
    metadata('version', model.version),
  )
