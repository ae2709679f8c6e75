export function StudentPage() {
  return <div className="page" />;
}
