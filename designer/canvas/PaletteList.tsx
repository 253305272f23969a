import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import type { Spot } from '../document/editor.ts'
import { dragType } from './drag-type.ts'
import { t } from './messages.ts'
import { NodeIcon } from './NodeIcon.tsx'
import { paletteGroups } from './palette-items.ts'
import styles from './PaletteList.module.css'

export interface PaletteListProps {
  readonly descriptors: readonly NodeDescriptor[]
  readonly spot?: Spot
  readonly autoFocus: boolean
  readonly onPick: (type: string) => void
  /** A drag to the canvas has ended. */
  readonly onDragEnd?: () => void
}

/** Node types with a search: pick by Enter or click, or drag onto the canvas. */
export function PaletteList(props: PaletteListProps) {
  const { descriptors, spot, autoFocus, onPick, onDragEnd } = props
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => paletteGroups(descriptors, query, spot), [descriptors, query, spot])
  const flat = groups.flatMap((group) => group.items)
  const current = flat[Math.min(active, flat.length - 1)]

  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = flat.length - 1
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, last))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else if (event.key === 'Enter' && current !== undefined) onPick(current.type)
    else return
    event.preventDefault()
  }

  return (
    <div className={styles['palette']}>
      <TextInput
        placeholder={t('addSearch')}
        aria-label={t('addSearch')}
        leftSection={<IconSearch size={14} />}
        value={query}
        autoFocus={autoFocus}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={current === undefined ? '' : `palette-${current.type}`}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setActive(0)
        }}
      />
      <div ref={list} id="palette-list" role="listbox" className={styles['list']}>
        {flat.length === 0 && <p className={styles['none']}>{t('addNone', { query })}</p>}
        {groups.map(({ area, items }) => (
          <div key={area} role="group" aria-label={t(`area_${area}`)}>
            <div className={styles['area']}>{t(`area_${area}`)}</div>
            {items.map((item) => {
              const isActive = item === current && (query !== '' || autoFocus)
              return (
                <div
                  key={item.type}
                  id={`palette-${item.type}`}
                  role="option"
                  aria-selected={isActive}
                  data-active={isActive}
                  data-type={item.type}
                  className={styles['item']}
                  draggable
                  title={item.description}
                  onDragStart={(event) => {
                    event.dataTransfer.setData(dragType, item.type)
                    event.dataTransfer.effectAllowed = 'copy'
                  }}
                  onDragEnd={onDragEnd}
                  onClick={() => onPick(item.type)}
                >
                  <span
                    className={styles['tile']}
                    style={{
                      color: `var(--area-${item.area})`,
                      background: `color-mix(in srgb, var(--area-${item.area}) 12%, transparent)`,
                    }}
                  >
                    <NodeIcon of={item} size={16} />
                  </span>
                  <span className={styles['words']}>
                    <span className={styles['title']}>{item.title}</span>
                    <span className={styles['text']}>{item.description}</span>
                  </span>
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
