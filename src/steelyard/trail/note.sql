-- One entry of the trail: what a trigger saw, and who acts according to this transaction.
-- Of a secret column it is kept that it changed, never its value.
CREATE OR REPLACE FUNCTION trail_note(
    seen text, written text, old_row jsonb, new_row jsonb, secret text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    hidden text;
    change text;
BEGIN
    FOREACH hidden IN ARRAY secret LOOP
        change := CASE
            WHEN written = 'UPDATE' AND old_row -> hidden IS DISTINCT FROM new_row -> hidden
            THEN 'changed' ELSE 'left out'
        END;
        old_row := old_row || jsonb_build_object(hidden, 'left out');
        new_row := new_row || jsonb_build_object(hidden, change);
    END LOOP;
    INSERT INTO trail_entry
        (table_name, row_id, verb, before, after, actor, action, request, at)
    VALUES (
        seen,
        (COALESCE(new_row, old_row) ->> CASE
            WHEN COALESCE(new_row, old_row) ? 'page_ptr_id' THEN 'page_ptr_id' ELSE 'id' END)::bigint,
        lower(written),
        old_row,
        new_row,
        NULLIF(current_setting('steelyard.actor', true), '')::bigint,
        COALESCE(current_setting('steelyard.action', true), ''),
        COALESCE(current_setting('steelyard.request', true), ''),
        clock_timestamp()
    );
END
$$;
