/**
 * Repairs rows after two parts of a cluster have merged. What happens after a split, in order:
 *
 * <ol>
 *   <li>Hazelcast tells each member of one part that it is {@code MERGING} into the other part. The member closes its
 *       {@link dev.postern.hazelcast.call.MergeGate}, so that no call counts any more, and copies the rows that it
 *       owns ({@link dev.postern.hazelcast.merge.LocalRowSnapshot}).
 *   <li>The member gets a new UUID, joins the other part, and Hazelcast sends its rows there. Of two rows of one key
 *       the one that expires later stays, but with the expiry of the other one (D22).
 *   <li>Each member of the joint cluster hears of the merged rows that it owns
 *       ({@link dev.postern.hazelcast.merge.MergeListener}). {@link dev.postern.session.row.RowMergeRule} decides from
 *       the rows alone which one has to be stored (D20).
 *   <li>When the merge is over, the member that joined opens its gate. It reads the rows of its copy, because Hazelcast
 *       may have lost some on the way.
 *   <li>Every row that has to be written waits in the {@link dev.postern.hazelcast.merge.RepairQueue}: ended sessions
 *       first, then live sessions that are gone, then rows whose time to live may be wrong.
 *   <li>{@link dev.postern.hazelcast.merge.MergeRepair} writes the row, with its own time to live. That is idempotent,
 *       so several members may repair one row, in any order.
 * </ol>
 *
 * <p>{@link dev.postern.hazelcast.merge.MergeListener} is the way in. {@code Grid} starts it. Repairs go through the
 * port of the store, so this package writes to no map itself. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.merge;

import org.jspecify.annotations.NullMarked;
