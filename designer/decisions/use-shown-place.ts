import { useEffect, useState } from 'react'
import type { ShownPlace } from './editor-context.ts'
import { showUnit } from './explain/show-unit.ts'

/** The place that was asked for: it is brought into sight and marked until the next press or key. */
export function useShownPlace(): readonly [ShownPlace | null, (place: ShownPlace) => void] {
  const [place, setPlace] = useState<ShownPlace | null>(null)
  useEffect(() => {
    if (place === null) return
    const unmark = showUnit(place.part, place.entry)
    const leave = (): void => setPlace(null)
    document.addEventListener('pointerdown', leave)
    document.addEventListener('keydown', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('keydown', leave)
      unmark()
    }
  }, [place])
  return [place, setPlace]
}
