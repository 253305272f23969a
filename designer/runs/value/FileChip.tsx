import { useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconPhoto } from '@tabler/icons-react'
import { sizeText, type FileRef } from './file-ref.ts'
import { FileDialog } from './FileDialog.tsx'
import styles from './ValueView.module.css'

export const fileIcon = (type: string): typeof IconFile =>
  type.startsWith('image/') ? IconPhoto : type === 'application/pdf' ? IconFileTypePdf : IconFile

/** An uploaded file in a value: its name and size; a click shows it. */
export function FileChip({ file }: { readonly file: FileRef }) {
  const [shown, setShown] = useState(false)
  const Sign = fileIcon(file.type)
  return (
    <>
      <UnstyledButton
        className={styles['file']}
        onClick={(event) => {
          event.stopPropagation()
          setShown(true)
        }}
      >
        <Sign size={14} />
        {file.name}
        <span className={styles['quiet']}>{sizeText(file.size)}</span>
      </UnstyledButton>
      {shown && <FileDialog file={file} onClose={() => setShown(false)} />}
    </>
  )
}
