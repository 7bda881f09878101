/** The whole page takes a text that is dropped on it, and says so while one is held over it. */
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { PasteIcon } from '../icons.tsx';
import { useActions } from '../store/use-app.ts';
import classes from './DropTarget.module.css';

export function DropTarget() {
  const { t } = useWords();
  const actions = useActions();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesText(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !carriesText(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer.files.item(0);
      if (file) actions.giveFile(file);
      else actions.giveText(event.dataTransfer.getData('text'));
    };
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => stop.abort();
  }, [actions]);
  if (!isOver) return null;
  return (
    <div className={classes.target} aria-hidden="true">
      <PasteIcon />
      {t('text.drop')}
    </div>
  );
}

/** A file, or text that isn't being dragged into a field. */
function carriesText({ dataTransfer, target }: DragEvent): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  const types = dataTransfer?.types ?? [];
  return types.includes('Files') || (types.includes('text/plain') && !isField);
}
