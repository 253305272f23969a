/** The arrow head that every edge shares; it takes the edge's own colour. */
export function Arrow() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="12"
          markerHeight="12"
          markerUnits="userSpaceOnUse"
          orient="auto-start-reverse"
        >
          <path d="M1.5 1.5 9 5 1.5 8.5Z" fill="context-stroke" />
        </marker>
      </defs>
    </svg>
  )
}
