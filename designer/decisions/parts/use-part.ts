import { changePart, type Part, type PartKind } from '../edit.ts'
import { useEditor } from '../editor-context.ts'

export type EditPart<K extends PartKind> = (
  next: (part: Part<K>) => Part<K>,
  gesture?: string,
) => void

/** Changes the part; changes with one `gesture` are undone together. */
export function useEditPart<K extends PartKind>(part: Part<K>): EditPart<K> {
  const { change } = useEditor()
  return (next, gesture) =>
    change(
      (all) => changePart(all, part, next),
      gesture === undefined ? undefined : `${part.id}:${gesture}`,
    )
}
