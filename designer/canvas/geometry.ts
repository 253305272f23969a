import { portsOf, errorPort } from '#core/graph/ports.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import type { NodeDescriptor, PortDescriptor } from '#core/node/descriptor.ts'
import type { Position } from '../document/command.ts'

/** px; all multiples of the 8-px snap grid */
export const grid = 8
export const cardWidth = 240
export const headHeight = 56
const portHeight = 24
const portsPadding = 8

export const snap = (value: number): number => Math.round(value / grid) * grid

/** By key, how far what is chosen moves. */
export const nudges: Readonly<Record<string, Position>> = {
  arrowleft: { x: -grid, y: 0 },
  arrowright: { x: grid, y: 0 },
  arrowup: { x: 0, y: -grid },
  arrowdown: { x: 0, y: grid },
}

/** The ports that stand as rows: those by which work normally goes on. */
export const rowPorts = (ports: readonly PortDescriptor[]): PortDescriptor[] =>
  ports.filter((port) => port.id !== errorPort)

/** px of a card with so many ports: one port sits beside the head, more get a row each. */
export const cardHeight = (ports: readonly PortDescriptor[]): number => {
  const rows = rowPorts(ports).length
  return rows > 1 ? headHeight + rows * portHeight + portsPadding : headHeight
}

/** px from the card's top to a port's middle. */
export const portOffset = (ports: readonly PortDescriptor[], port: string): number => {
  const rows = rowPorts(ports)
  const index = rows.findIndex((each) => each.id === port)
  if (port === errorPort || index < 0) return cardHeight(ports)
  return rows.length > 1 ? headHeight + index * portHeight + portHeight / 2 : headHeight / 2
}

/** A node of an unknown type keeps the ports that its edges use. */
export const portsOrUsed = (
  node: FlowNode,
  descriptor: NodeDescriptor | undefined,
  used: readonly string[],
): PortDescriptor[] => {
  const ports = descriptor === undefined ? [] : portsOf(node, descriptor)
  const known = new Set(ports.map((port) => port.id))
  const lost = used.filter((port) => !known.has(port) && port !== errorPort)
  return [...ports, ...lost.map((id) => ({ id, title: id, schema: {} }))]
}
