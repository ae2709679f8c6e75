import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { answer, api } from '../../api/client.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';

/** A rule set leads to what is in force today, else to its newest revision. */
export function RuleSetPage() {
  const { ruleSet: id } = useParams({ from: '/frame/rules/$ruleSet' });
  const { data, error, isPending } = useQuery({
    queryKey: ['rule-set', id],
    queryFn: () => answer(api.GET('/v1/rule-sets/{id}', { params: { path: { id } } })),
  });
  if (isPending)
    return (
      <div className="page">
        <Skeleton active />
      </div>
    );
  const revision = data?.revisions.find(({ inForce }) => inForce) ?? data?.revisions[0];
  if (!revision)
    return (
      <div className="page">
        <ProblemAlert error={error} />
      </div>
    );
  return (
    <Navigate to="/rules/$ruleSet/$revision" params={{ ruleSet: id, revision: String(revision.revision) }} replace />
  );
}
