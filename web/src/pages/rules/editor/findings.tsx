import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useText } from '../../../components/use-text.ts';
import type { FactValues, RuleDocument } from '../../../rules-editor/document.ts';
import { listText } from '../../../i18n/list.ts';
import { needsLooking, ruleAt } from './marks.ts';
import type { Finding } from './marks.ts';
import { Mark } from './rule-list.tsx';
import type { Checked } from './use-checks.ts';
import { useShown } from './use-shown.ts';

interface Props {
  doc: RuleDocument;
  checked: Checked;
  onChoose: (rule: string) => void;
  onTry: (facts: FactValues) => void;
  /** Where a table may take a row for the cases of a gap. */
  onFill: ((finding: Finding) => void) | null;
}

const order = { error: 0, warning: 1, note: 2 } as const;

/** What is wrong, what to look at, each with the cases it is about in words and one of them in full. */
export function Findings({ doc, checked, onChoose, onTry, onFill }: Props) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const { checks, error, fresh } = checked;
  if (!checks) return error ? <ProblemAlert error={error} /> : <Skeleton active />;
  const found = [...(checks.analysis?.findings ?? [])].sort((a, b) => order[a.severity] - order[b.severity]);
  const quiet = found.filter((finding) => !needsLooking(finding));
  return (
    <div className="stack" aria-live="polite" aria-busy={!fresh}>
      <p className="quiet small">{t(fresh ? 'checked' : 'checking')}</p>
      <ProblemAlert error={error} />
      {checks.faults.length > 0 && (
        <section>
          <h3>{t('faults')}</h3>
          <ul className="finding-list">
            {checks.faults.slice(0, 30).map(({ pointer, code, text }) => {
              const rule = ruleAt(doc, pointer);
              return (
                <li key={`${pointer} ${code}`} className="finding finding-error">
                  {rule !== undefined && <RuleLink rule={rule} onChoose={onChoose} />} {text ? say(text) : code}
                  {rule === undefined && <span className="quiet small"> {pointer}</span>}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {checks.faults.length > 0 && <p className="quiet">{t('noAnalysis')}</p>}
      {checks.faults.length === 0 && !checks.analysis && <p className="quiet">{t('analysisOff')}</p>}
      {checks.analysis && found.length === quiet.length && <p>{t('noFindings')}</p>}
      <ul className="finding-list">
        {found.filter(needsLooking).map((finding) => (
          <FindingItem key={finding.name} {...{ doc, finding, onChoose, onTry, onFill }} />
        ))}
      </ul>
      {quiet.length > 0 && (
        <details>
          <summary className="quiet small">{t('quiet', { count: quiet.length })}</summary>
          <ul className="finding-list">
            {quiet.map((finding) => (
              <FindingItem key={finding.name} {...{ doc, finding, onChoose, onTry, onFill }} />
            ))}
          </ul>
        </details>
      )}
      {checks.analysis && checks.analysis.notDecided.length > 0 && (
        <p className="quiet small">
          {t('notDecided', {
            what: listText(checks.analysis.notDecided.map(({ question, rules }) => `${question} ${rules.join(' ')}`)),
          })}
        </p>
      )}
    </div>
  );
}

interface ItemProps extends Pick<Props, 'doc' | 'onChoose' | 'onTry' | 'onFill'> {
  finding: Finding;
}

function FindingItem({ doc, finding, onChoose, onTry, onFill }: ItemProps) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const { shown } = useShown();
  const { severity, text, rules, regions, witness, code } = finding;
  // the sentence often names the cases already
  const others = regions.filter(({ words }) => !say(text).includes(say(words)));
  return (
    <li className={`finding finding-${severity}`}>
      <div className="row" style={{ gap: 6 }}>
        <Mark mark={severity} />
        {rules.slice(0, 4).map((rule) => (
          <RuleLink key={rule} rule={rule} onChoose={onChoose} />
        ))}
      </div>
      <p>{say(text)}</p>
      {others.slice(0, 6).map((region) => (
        <p key={region.words.en} className="quiet small">
          {t('region', { words: say(region.words) })}
        </p>
      ))}
      <div className="row">
        {witness && (
          <details>
            <summary className="small">{t('witness')}</summary>
            <ul className="facts-list small">
              {Object.entries(witness).map(([fact, value]) => {
                const typed = doc.facts[fact];
                return (
                  typed && (
                    <li key={fact}>
                      {say(typed.title)}：{shown(typed, value)}
                    </li>
                  )
                );
              })}
            </ul>
            <Button size="small" onClick={() => onTry(witness as FactValues)}>
              {t('tryWitness')}
            </Button>
          </details>
        )}
        {code === 'gap' && onFill && regions.length > 0 && (
          <Button size="small" type="link" onClick={() => onFill(finding)}>
            {t('addRowFor')}
          </Button>
        )}
      </div>
    </li>
  );
}

function RuleLink({ rule, onChoose }: { rule: string; onChoose: (rule: string) => void }) {
  return (
    <button type="button" className="link-button" onClick={() => onChoose(rule)}>
      {rule}
    </button>
  );
}
