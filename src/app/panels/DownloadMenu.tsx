/** The chart and the run as files: a picture, a table, everything. */
import { Menu } from '@mantine/core';
import { pictureOf } from '../charts/picture.ts';
import buttons from '../controls/ActionButton.module.css';
import { saveFile } from '../files.ts';
import { useWords } from '../i18n/use-words.ts';
import { saveRunLog } from '../run-log.ts';
import { runRecord } from '../run-record.ts';
import { useAppStore } from '../store/use-app.ts';
import classes from './ChartDialog.module.css';

interface DownloadMenuProps {
  readonly title: string;
  readonly findChart: () => SVGSVGElement | undefined;
}

export function DownloadMenu({ title, findChart }: DownloadMenuProps) {
  const { t } = useWords();
  const store = useAppStore();
  const savePicture = async () => {
    const chart = findChart();
    if (chart) saveFile(await pictureOf(chart, title), 'chart.png', 'image/png');
  };
  const saveRecord = () => {
    const { history, session } = store.getState();
    if (session.run) {
      saveFile(runRecord(session.run, history.points, history.evaluations), 'run.json', 'application/json');
    }
  };
  return (
    <Menu position="top-end" width={220} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={buttons.menu}>
          {t('detail.download')}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Item onClick={savePicture}>{t('detail.png')}</Menu.Item>
        <Menu.Item onClick={() => saveRunLog(store.getState().history)}>{t('detail.csv')}</Menu.Item>
        <Menu.Item onClick={saveRecord}>{t('detail.json')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
