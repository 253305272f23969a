import { useEffect, useEffectEvent, type RefObject } from 'react'

/** Calls `leave` when a pointer goes down anywhere but inside the element. */
export function useOutside(element: RefObject<HTMLElement | null>, leave: () => void): void {
  const onDown = useEffectEvent((event: PointerEvent) => {
    const { target } = event
    const inOverlay = target instanceof Element && target.closest('[data-portal]') !== null
    if (!inOverlay && !element.current?.contains(target as Node)) leave()
  })
  useEffect(() => {
    document.addEventListener('pointerdown', onDown, true)
    return () => document.removeEventListener('pointerdown', onDown, true)
  }, [])
}
