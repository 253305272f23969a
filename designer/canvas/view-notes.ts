import type { Note } from '../document/command.ts'
import type { NoteNode } from './NoteCard.tsx'

const made = new WeakMap<Note, NoteNode['data']>()
const dataOf = (note: Note): NoteNode['data'] => {
  const data = made.get(note) ?? { note }
  made.set(note, data)
  return data
}

/** The notes as React Flow takes them: behind the cards. */
export const viewNotes = (notes: readonly Note[], selected: ReadonlySet<string>): NoteNode[] =>
  notes.map((note) => ({
    id: note.id,
    type: 'note',
    position: { x: note.x, y: note.y },
    width: note.width,
    height: note.height,
    selected: selected.has(note.id),
    zIndex: -1,
    data: dataOf(note),
  }))
