import { useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconPhoto } from '@tabler/icons-react'
import { sizeText, type FileRef } from './file-ref.ts'
import { FileDialog } from './FileDialog.tsx'
import styles from './ValueView.module.css'

/** The sign of a kind of file. */
export function FileSign({ type }: { readonly type: string }) {
  if (type.startsWith('image/')) return <IconPhoto size={14} aria-hidden />
  if (type === 'application/pdf') return <IconFileTypePdf size={14} aria-hidden />
  return <IconFile size={14} aria-hidden />
}

/** An uploaded file in a value: its name and size; a click shows it. */
export function FileChip({ file }: { readonly file: FileRef }) {
  const [shown, setShown] = useState(false)
  return (
    <>
      <UnstyledButton
        className={styles['file']}
        onClick={(event) => {
          event.stopPropagation()
          setShown(true)
        }}
      >
        <FileSign type={file.type} />
        {file.name}
        <span className={styles['quiet']}>{sizeText(file.size)}</span>
      </UnstyledButton>
      {shown && <FileDialog file={file} onClose={() => setShown(false)} />}
    </>
  )
}
