/** The shared sentence as one of the compared models sees it: its guesses, and how the right one's chance rose. */
import { BlankFigure } from '../drawings/BlankFigure.tsx';
import { nounOf, useWords } from '../i18n/use-words.ts';
import { CausalIcon, MaskedIcon } from '../icons.tsx';
import { blankWords } from '../panels/blank-words.ts';
import { PlanWarnings } from '../panels/PlanWarnings.tsx';
import { Rise } from '../panels/Rise.tsx';
import { chancesAt } from '../panels/view.ts';
import { seesRight } from '../store/architecture.ts';
import { blankChances } from '../store/blanks.ts';
import { tokensSeenBy } from '../store/shared-sentence.ts';
import type { AppState } from '../store/state.ts';
import { useActions } from '../store/use-app.ts';
import classes from './Compare.module.css';
import type { Face } from './faces.ts';

interface SentenceCardProps {
  readonly run: AppState;
  readonly face: Face;
  /** Which tokens are blank, by index into the whole sentence. */
  readonly positions: readonly number[];
  /** The blank in view; undefined where there is none. */
  readonly shown: number | undefined;
  /** True where there is no room for how the chance rose. */
  readonly isPresented: boolean;
}

export function SentenceCard(props: SentenceCardProps) {
  const { t } = useWords();
  const { run, face } = props;
  const { session } = run;
  const readsRight = readsBothSides(run);
  return (
    <section className={classes.card} data-model={face.tone} aria-label={face.name}>
      <div className={classes.cardHead}>
        {face.tone === 'masked' ? <MaskedIcon /> : <CausalIcon />}
        <h3 className={classes.cardTitle}>{face.detail ? face.name : t(`compare.${face.tone}`)}</h3>
        {face.detail && <span className={classes.detail}>{face.detail}</span>}
        <span className={classes.reads}>{t(readsRight ? 'compare.readsBoth' : 'compare.readsLeft')}</span>
      </div>
      <Figure {...props} />
      <PlanWarnings warnings={session.run?.plan.warnings ?? []} />
    </section>
  );
}

function Figure({ run, face, positions, shown, isPresented }: SentenceCardProps) {
  const words = useWords();
  const { t, number } = words;
  const { toggleSharedBlank, showSharedBlank } = useActions();
  const report = run.session.run;
  const tiles = tokensSeenBy(run, positions);
  if (!report || !tiles) return <div className={classes.figurePlace} />;
  const noun = nounOf(report.configuration.tokenizer);
  const readsRight = readsBothSides(run);
  const tile = tiles.find(({ position }) => position === shown);
  const isMasked = face.tone === 'masked';
  const spoken = blankWords({ tiles, shown: tile, readsRight, noun }, words);
  // From left to right, blanks are blanks only until they are passed.
  const left = isMasked
    ? spoken.left
    : t('blanks.left', { choices: t(`nouns.${noun}`, { count: shown, amount: number(shown ?? 0) }) });
  const instead = tile && !isMasked ? t('compare.first') : spoken.instead;
  const truth = tile?.blank?.truth;
  return (
    <div className={classes.figurePlace}>
      <BlankFigure
        tiles={tiles}
        selected={tile ? tiles.indexOf(tile) : -1}
        seesRight={readsRight}
        vocabulary={report.plan.vocabulary}
        onShow={(index) => showSharedBlank(tiles[index].position)}
        onToggle={(index) => toggleSharedBlank(tiles[index].position)}
        words={{ ...spoken, left, instead, tiles: `${face.name}: ${spoken.tiles}` }}
      >
        {truth && tile && !isPresented && (
          <Rise
            token={truth.token.text}
            chances={
              isMasked
                ? blankChances(run.blanks, tile.position)
                : chancesAt(run.prediction, tile.position - tiles[0].position)
            }
            totalSteps={Math.max(report.configuration.schedule.totalSteps, run.session.step)}
            step={run.session.step}
            mark={isMasked ? 'square' : 'circle'}
          />
        )}
      </BlankFigure>
    </div>
  );
}

function readsBothSides({ session: { catalog, run } }: AppState): boolean {
  return catalog !== undefined && run !== undefined && seesRight(catalog, run.configuration);
}
