/**
 * One row of the store: its model, its bytes, its encryption, its time to live, and the rule for two rows after a
 * merge.
 *
 * <p>{@link dev.postern.session.row.SessionRow} is the model, and {@link dev.postern.session.row.RowCodec} turns it
 * into bytes and back. The store and the Hazelcast adapter use it. It knows no store itself. Internal: it may change
 * in any version.
 */
@NullMarked
package dev.postern.session.row;

import org.jspecify.annotations.NullMarked;
