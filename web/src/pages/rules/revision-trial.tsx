import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import type { FactValues, RuleDocument } from '../../rules-editor/document.ts';
import { TrialPane } from './editor/trial-pane.tsx';
import './editor/editor.css';

/** What a revision says of typed facts, or of a student one may see, beside what is in force today. */
export function RevisionTrial({ revision }: { revision: components['schemas']['RuleRevision'] }) {
  const { t } = useTranslation('rules');
  const doc = revision.document as RuleDocument;
  const [facts, setFacts] = useState<FactValues>(doc.tests.base);
  const path = { id: revision.ruleSet, revision: revision.revision };
  return (
    <div className="panel" style={{ maxWidth: 860 }}>
      <TrialPane
        doc={doc}
        facts={facts}
        onFacts={setFacts}
        edit={null}
        named={t('revisionNo', { revision: revision.revision })}
        ask={(asked) =>
          answer(api.POST('/v1/rule-sets/{id}/revisions/{revision}/try', { params: { path }, body: asked }))
        }
      />
    </div>
  );
}
