/** How fast the run is, how near that comes to what the device can do, and where the time of a step goes. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { KernelPicks } from './KernelPicks.tsx';
import { KernelTable } from './KernelTable.tsx';
import { SpeedFigures } from './SpeedFigures.tsx';
import classes from './SpeedPanel.module.css';
import { Utilisation } from './Utilisation.tsx';

export default function SpeedPanel() {
  const { t } = useWords();
  const report = useApp((state) => state.speed.report);
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('speed.title')}</h2>
      <p className={classes.lead}>{t('speed.lead')}</p>
      <MeasureControls />
      <ProblemLine place="speed" />
      <div className={classes.columns}>
        <div className={classes.aside}>
          <Utilisation roofline={report?.roofline} />
          <SpeedFigures roofline={report?.roofline} />
        </div>
        <div className={classes.column}>
          {report ? <KernelTable report={report} /> : <p className={classes.note}>{t('speed.unmeasured')}</p>}
          {report && <KernelPicks report={report} />}
        </div>
      </div>
    </div>
  );
}

/** The button keeps the focus while it waits; what has come is said to those who can't see it. */
function MeasureControls() {
  const { t } = useWords();
  const { measureSpeed } = useActions();
  const { isMeasuring, report } = useApp((state) => state.speed);
  const state = isMeasuring ? 'measuring' : report ? 'measured' : undefined;
  return (
    <div className={classes.controls}>
      <ActionButton onClick={measureSpeed}>{t(report ? 'speed.measureAgain' : 'speed.measure')}</ActionButton>
      <span role="status" className={classes.note}>
        {state && t(`speed.${state}`)}
      </span>
    </div>
  );
}
