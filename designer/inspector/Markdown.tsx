import type { ReactNode } from 'react'
import { readMarkdown, type Block, type Inline } from './markdown.ts'
import styles from './Markdown.module.css'

const inline = (parts: readonly Inline[]): ReactNode =>
  parts.map((part, index) => {
    if (part.kind === 'text') return part.text
    if (part.kind === 'code') return <code key={index}>{part.text}</code>
    if (part.kind === 'strong') return <strong key={index}>{inline(part.of)}</strong>
    if (part.kind === 'em') return <em key={index}>{inline(part.of)}</em>
    return (
      <a key={index} href={part.href} target="_blank" rel="noreferrer noopener">
        {inline(part.of)}
      </a>
    )
  })

function BlockView({ block }: { readonly block: Block }) {
  if (block.kind === 'heading') return <h3 data-level={block.level}>{inline(block.of)}</h3>
  if (block.kind === 'paragraph') return <p>{inline(block.of)}</p>
  if (block.kind === 'code') return <pre>{block.text}</pre>
  if (block.kind === 'list') {
    const List = block.ordered ? 'ol' : 'ul'
    return (
      <List>
        {block.items.map((item, index) => (
          <li key={index}>{inline(item)}</li>
        ))}
      </List>
    )
  }
  return (
    <table>
      <thead>
        <tr>
          {block.head.map((cell, index) => (
            <th key={index}>{inline(cell)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Markdown({ source }: { readonly source: string }) {
  return (
    <div className={styles['markdown']}>
      {readMarkdown(source).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}
