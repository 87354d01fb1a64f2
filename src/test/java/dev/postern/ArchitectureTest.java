package dev.postern;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.postern.hazelcast.GridHealth;
import dev.postern.hazelcast.lease.HazelcastLeaseGrid;
import dev.postern.hazelcast.map.ClusterKeyRing;
import dev.postern.hazelcast.map.HazelcastCredentialsCache;
import dev.postern.hazelcast.map.HazelcastFailureCountStore;
import dev.postern.hazelcast.map.NamespaceOwner;
import dev.postern.hazelcast.merge.MergeListener;
import dev.postern.hazelcast.quorum.HazelcastMembers;
import dev.postern.hazelcast.watch.TombstoneWatcher;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.TokenMint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the packages may know of each other, and what nobody may do. */
@AnalyzeClasses(packages = "dev.postern", importOptions = ArchitectureTest.OfTheJar.class)
class ArchitectureTest {

    /** The classes of the jar, wherever the build puts them; those of the tests are in {@code test-classes}. */
    static final class OfTheJar implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String WRITES_WITHOUT_CONDITION = String.join(
            "|",
            "put|putAsync|set|setAsync|remove(?!EntryListener)\\w*|delete\\w*|evict\\w*|clear|lock|tryLock|execute\\w*",
            "submit\\w*|compute\\w*|merge|putAll\\w*|setAll\\w*|putTransient|tryPut|tryRemove|replaceAll|destroy");

    private static final Set<String> WRITING_TO_MAPS = Set.of(
            HazelcastCredentialsCache.class.getName(),
            "dev.postern.hazelcast.map.BatchSwaps",
            ClusterKeyRing.class.getName(),
            HazelcastFailureCountStore.class.getName(),
            HazelcastLeaseGrid.class.getName(),
            NamespaceOwner.class.getName());

    private static final Set<String> SETTING_TIMES_TO_LIVE = Set.of(
            "dev.postern.hazelcast.map.TtlWriter",
            HazelcastFailureCountStore.class.getName(),
            NamespaceOwner.class.getName());

    /** These only look or listen: the watches, the probe, the peers, and what keeps the rows for a merge. */
    private static final Set<String> LOOKING_AT_MAPS = Set.of(
            TombstoneWatcher.class.getName(),
            GridHealth.class.getName(),
            MergeListener.class.getName(),
            "dev.postern.hazelcast.merge.LocalRowSnapshot",
            HazelcastMembers.class.getName());

    /** A class that has another name by now would leave its rule without a word. */
    private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
        return describe("are not " + names, type -> !names.contains(type.getName()));
    }

    @ArchTest
    static void classesThatAreNamedHereExist(JavaClasses all) {
        Stream.of(WRITING_TO_MAPS, SETTING_TIMES_TO_LIVE, LOOKING_AT_MAPS)
                .flatMap(Set::stream)
                .forEach(name -> assertThat(all.contain(name)).as(name).isTrue());
    }

    @ArchTest
    static final ArchRule packagesKnowEachOtherInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("dev.postern")
            .layer("session")
            .definedBy("dev.postern.session..")
            .layer("hazelcast")
            .definedBy("dev.postern.hazelcast..")
            .layer("jdbc")
            .definedBy("dev.postern.jdbc..")
            .layer("http")
            .definedBy("dev.postern.http..")
            .layer("rest")
            .definedBy("dev.postern.rest..")
            .layer("cdi")
            .definedBy("dev.postern.cdi..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("session")
            .mayOnlyAccessLayers("api")
            .whereLayer("hazelcast")
            .mayOnlyAccessLayers("api", "session")
            .whereLayer("jdbc")
            .mayOnlyAccessLayers("api", "session")
            .whereLayer("http")
            .mayOnlyAccessLayers("api", "session")
            .whereLayer("rest")
            .mayOnlyAccessLayers("api", "session");

    @ArchTest
    static final ArchRule noPackageComesBackToItself =
            slices().matching("dev.postern.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCoreMakesTokens = noClasses()
            .that()
            .resideOutsideOfPackages("dev.postern.session", "dev.postern.session.token")
            .should()
            .accessTargetWhere(describe(
                    "a token or its secret",
                    access -> access.getTargetOwner().isEquivalentTo(TokenMint.class)
                            ? access.getName().matches("first|successor")
                            : access.getTargetOwner().getSimpleName().equals("Secret")
                                    && access.getName().equals("reveal")));

    /** An application could inject it, and sign in anybody. */
    @ArchTest
    static final ArchRule theMintIsNoBean =
            noMethods().that().areAnnotatedWith(Produces.class).should().haveRawReturnType(TokenMint.class);

    @ArchTest
    static final ArchRule onlyTheCoreWritesRows = noClasses()
            .that()
            .resideOutsideOfPackage("dev.postern.session..")
            .should()
            .accessTargetWhere(describe(
                    "a write of a row",
                    access -> access.getTargetOwner().isEquivalentTo(UnitOfWork.class)
                            && access.getName().matches("create|swap|swapAll|update")));

    /** To all others a session whose end is pending reads as ended. */
    @ArchTest
    static final ArchRule onlyTheTerminatorReadsWhatIsStored = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SessionTerminator.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(UnitOfWork.class.getName())
            .should()
            .accessTargetWhere(describe(
                    "the stored row",
                    access -> access.getTargetOwner().isEquivalentTo(VersionedRow.class)
                            && access.getName().equals("stored")
                            && !access.getOriginOwner().isEquivalentTo(VersionedRow.class)));

    @ArchTest
    static final ArchRule mapsStayInTheAdapter = noClasses()
            .that()
            .resideOutsideOfPackage("dev.postern.hazelcast..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(IMap.class);

    @ArchTest
    static final ArchRule theRulesKnowNoContainerAndNoGrid = noClasses()
            .that()
            .resideInAPackage("dev.postern.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "com.hazelcast..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule hazelcastStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackages("dev.postern.hazelcast..", "dev.postern.cdi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule databasesStayInTheirAdapter = noClasses()
            .that()
            .resideOutsideOfPackages("dev.postern.jdbc..", "dev.postern.cdi.start")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule onlyTheSettingsReadConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("dev.postern.cdi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile..");

    @ArchTest
    @ArchTag("X-35")
    static final ArchRule nobodyAsksForTheTime = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(LocalDateTime.class, "now");

    @ArchTest
    static final ArchRule onlyTheAdaptersAndTheKeysTouchAMap = noClasses()
            .that(areNot(LOOKING_AT_MAPS))
            .and(areNot(WRITING_TO_MAPS))
            .and(areNot(SETTING_TIMES_TO_LIVE))
            .should()
            .accessTargetWhere(
                    describe("IMap", access -> access.getTargetOwner().isAssignableTo(IMap.class)));

    /**
     * A store in the memory of one node would lose its sessions with it. What a node keeps are copies. The durable cache
     * adds a database to the grid.
     */
    @ArchTest
    @ArchTag("X-36")
    static final ArchRule sessionsAreKeptInTheGridAlone = classes()
            .that()
            .implement(CredentialsCache.class)
            .should()
            .haveFullyQualifiedName(HazelcastCredentialsCache.class.getName())
            .orShould()
            .haveFullyQualifiedName("dev.postern.session.durable.DurableCredentialsCache");

    /** What sets the times of rows writes none. */
    @ArchTest
    static final ArchRule onlyTheAdaptersAndTheKeysWriteToAMap = noClasses()
            .that(areNot(WRITING_TO_MAPS))
            .should()
            .accessTargetWhere(describe(
                    "a write to an IMap",
                    access -> access.getTargetOwner().isAssignableTo(IMap.class)
                            && access.getName().matches("replace|putIfAbsent\\w*")));

    /** {@code setTtl} may hit the row of somebody else. A tally that it hits is forgotten early at worst. */
    @ArchTest
    @ArchTag("D21")
    static final ArchRule onlyOneClassSetsTimesOfRows = noClasses()
            .that(areNot(SETTING_TIMES_TO_LIVE))
            .should()
            .accessTargetWhere(describe(
                    "a time to live",
                    access -> access.getTargetOwner().isAssignableTo(IMap.class)
                            && access.getName().equals("setTtl")));

    /** D1, D5, S-60: no delete, no blind write, nothing that keeps the map's default time to live. */
    @ArchTest
    @ArchTag("S-60")
    static final ArchRule mapsAreOnlyWrittenBySwaps = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "a write that is no swap",
                    access -> access.getTargetOwner().isAssignableTo(IMap.class)
                            && access.getName().matches(WRITES_WITHOUT_CONDITION)));

    @ArchTest
    @ArchTag("S-21")
    static final ArchRule nothingIsSerializedByJava = noClasses()
            .that()
            .resideInAnyPackage("dev.postern.session..", "dev.postern.hazelcast..")
            .and()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotEnums()
            .should()
            .implement(Serializable.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class);

    /** Tokens, secrets, keys and nonces are drawn where {@code SecureRandom} is handed in. */
    @ArchTest
    @ArchTag("S-05")
    @ArchTag("S-06")
    @ArchTag("S-49")
    @ArchTag("S-76")
    static final ArchRule nobodyDrawsFromAGeneratorThatCanBeGuessed = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class, SplittableRandom.class, RandomGeneratorFactory.class)
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault")
            .orShould()
            .callMethod(RandomGenerator.class, "of", String.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID");

    /**
     * How long a comparison takes must not tell how much of a secret was right.
     * {@link java.security.MessageDigest#isEqual} does not.
     */
    @ArchTest
    @ArchTag("S-46")
    static final ArchRule secretsAreComparedInConstantTime = noClasses()
            .that()
            .haveNameMatching(
                    "dev\\.postern\\.session\\.(.*\\.)?(Secret|SecretHash|Token|TokenMint|CsrfTokens|RowEncryption|KeyRing)")
            .should()
            .accessTargetWhere(describe(
                    "a comparison that stops at the first difference",
                    access -> access.getTargetOwner().isEquivalentTo(Arrays.class)
                            && access.getName().matches("equals|compare\\w*|mismatch")));

    @ArchTest
    @ArchTag("S-59")
    static final ArchRule beansOfTheApplicationHaveNoMutableState = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(ApplicationScoped.class)
            .should()
            .beFinal()
            .allowEmptyShould(true);

    /** One of each for all threads. The retrier's thread is set and taken away under its lock. */
    @ArchTest
    @ArchTag("S-59")
    static final ArchRule whatTheProducersMakeIsFixed = fields().that()
            .areDeclaredInClassesThat(describe(
                    "the producers make",
                    type -> type.getMethodsWithReturnTypeOfSelf().stream()
                            .anyMatch(
                                    method -> method.getOwner().getSimpleName().endsWith("Producers"))))
            .and()
            .doNotHaveFullName(EndingRetrier.class.getName() + ".worker")
            .should()
            .beFinal();

    private static final int TYPES_OF_A_PACKAGE = 16;

    /** What applications import stays together, however much it is. */
    @ArchTest
    static void noPackageHasTooManyTypes(JavaClasses all) {
        Map<String, Long> sizes = topLevel(all)
                .filter(type -> !type.getPackageName().equals("dev.postern"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes)
                .isNotEmpty()
                .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(TYPES_OF_A_PACKAGE));
    }

    private static Stream<JavaClass> topLevel(JavaClasses all) {
        return all.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            classes().should().haveNameNotMatching(".*(Utils?|Helper|Manager|Impl|Abstract\\w*)$");
}
