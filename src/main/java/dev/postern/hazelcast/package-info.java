/**
 * The adapter to Hazelcast: where sessions live, and the only packages that know it.
 *
 * <p>{@link dev.postern.hazelcast.Grid} is the way in. It puts the parts of the packages below together. Only {@code
 * cdi} uses it. Internal: it may change in any version.
 *
 * <p>An adapter to another store provides:
 *
 * <ul>
 *   <li>{@link dev.postern.session.store.CredentialsCache}, the rows of sessions. Its tests extend {@code
 *       CredentialsCacheContract}.
 *   <li>{@link dev.postern.session.throttle.FailureCountStore}, the counters of failed sign-ins.
 *   <li>A supplier of {@link dev.postern.session.token.KeyRing}, for applications without configured keys.
 *   <li>A class in the place of {@code Grid}, with the methods that {@code cdi} calls.
 * </ul>
 *
 * <table>
 * <caption>What {@code cdi} uses of this adapter</caption>
 * <tr><th>Class of {@code cdi}</th><th>Methods of {@code Grid}, and other classes</th></tr>
 * <tr><td>{@code start.CoreProducers}</td><td>{@code open}, {@code close}, {@code cache}, {@code clusterKeys}</td></tr>
 * <tr><td>{@code start.SignInProducers}</td><td>{@code failureCounts}</td></tr>
 * <tr><td>{@code start.StartupListener}</td>
 *     <td>{@code claim}, {@code watch}, {@code description}, {@code unchosenName}, {@code faults}, {@code close};
 *     {@code MapConfigCheck.Fault}</td></tr>
 * <tr><td>{@code management.JmxSessions}</td>
 *     <td>{@code health}, {@code callMetrics}; {@code GridHealth}, {@code CallMetrics}</td></tr>
 * <tr><td>{@code management.ReadinessCheck}</td><td>{@code health}</td></tr>
 * <tr><td>{@code settings.Settings}, {@code settings.CoreSettingsReader}, {@code settings.SettingsWarnings}</td>
 *     <td>{@code HazelcastSettings}, {@code MemberAddress}</td></tr>
 * </table>
 *
 * <p>{@code ArchitectureTest} names this adapter in its rules, so another one changes them too.
 *
 * <p>Comments cite ids such as D5 or PY-09. {@code src/docs/platform-facts.md} defines them, and says where ids that
 * begin with P-, S-, T or X- are defined.
 */
@NullMarked
package dev.postern.hazelcast;

import org.jspecify.annotations.NullMarked;
