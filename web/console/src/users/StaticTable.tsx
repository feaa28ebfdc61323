import { DataTable, type DataTableProps } from '../ui/DataTable';

type Paging = 'total' | 'page' | 'pageSize' | 'onPage';

/** A list that the wire gives whole. */
export function StaticTable<T>({ rows, ...props }: Omit<DataTableProps<T>, Paging>) {
  const total = rows?.length ?? 0;
  return <DataTable<T> {...props} rows={rows} total={total} page={1} pageSize={Math.max(total, 1)} onPage={() => undefined} />;
}
