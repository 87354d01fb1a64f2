/**
 * One rig for what needs several nodes: {@code node} starts them and does something to them, {@code net} connects them, {@code client} and
 * {@code load} use them, {@code judge} reads what the clients saw, {@code report} writes it down. A {@link dev.postern.it.rig.Trial} is one
 * scenario on it; the scenarios are in {@code faults} and {@code cluster}.
 */
@NullMarked
package dev.postern.it.rig;

import org.jspecify.annotations.NullMarked;
