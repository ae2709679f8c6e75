/**
 * What every command writes at its end, as one statement: an insert into this view, which a trigger spreads over the tables. Both are
 * temporary, so each connection that writes makes its own and the file's schema does not know them. Each statement costs a round
 * through the driver's threads; this saves five of them a command.
 */
export const COMMAND_END = `
CREATE TEMP VIEW command_end AS SELECT NULL AS college_id, NULL AS principal, NULL AS key, NULL AS command, NULL AS fingerprint,
  NULL AS answer, NULL AS at, NULL AS nudges, NULL AS leaves, NULL AS size, NULL AS frontier, NULL AS root, NULL AS last_hash;
CREATE TEMP TRIGGER command_ends INSTEAD OF INSERT ON command_end BEGIN
  INSERT INTO idempotency_keys (college_id, principal, key, command, fingerprint, answer, at)
    VALUES (NEW.college_id, NEW.principal, NEW.key, NEW.command, NEW.fingerprint, NEW.answer, NEW.at);
  INSERT INTO case_watch (workflow_type, case_id, college_id, event_seq, changed_at, seen_seq)
    SELECT value ->> 0, value ->> 1, value ->> 2, 1, NEW.at, 0 FROM json_each(NEW.nudges) WHERE true
    ON CONFLICT (workflow_type, case_id) DO UPDATE
    SET event_seq = event_seq + 1, changed_at = excluded.changed_at, ended_at = NULL;
  INSERT INTO outbox (workflow_type, case_id, seq, priority, not_before, created_at)
    SELECT value ->> 0, value ->> 1, event_seq, value ->> 3, value ->> 4, NEW.at
    FROM json_each(NEW.nudges) JOIN case_watch ON workflow_type = value ->> 0 AND case_id = value ->> 1
    ORDER BY json_each.key;
  INSERT INTO audit_leaves
    (seq, at, college_id, actor, actor_role, request_id, command, kind, object_type, object_id, leaf, leaf_hash)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
      value ->> 9, value ->> 10, value ->> 11
    FROM json_each(NEW.leaves);
  UPDATE audit_head SET size = NEW.size, frontier = NEW.frontier, root = NEW.root, last_hash = NEW.last_hash
    WHERE id = 1 AND size <> NEW.size;
END;`;
