package io.github.dbops;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of docs/development/architecture.md that a machine can hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

    private static final String ROOT = "io.github.dbops.";

    /** Which package may import which; downward only, a sub-package its parent, nobody a sibling. */
    private static final Map<String, Set<String>> MAY_IMPORT = table("""
            problem:
            env:               problem
            run:               problem
            postgres:          env problem
            postgres.catalog:  postgres env problem
            postgres.embedded: postgres env problem
            migration:         run postgres env problem
            migration.prisma:  migration run postgres env problem
            migration.flyway:  migration run postgres env problem
            sync:              run postgres postgres.catalog env problem
            sync.plan:         sync run postgres postgres.catalog env problem
            sync.shape:        sync run postgres postgres.catalog env problem
            sync.compare:      sync run postgres postgres.catalog env problem
            sync.apply:        sync run postgres postgres.catalog env problem
            sync.undo:         sync run postgres postgres.catalog env problem
            sync.draft:        sync run postgres env problem
            sync.draft.evidence: sync.draft sync run postgres postgres.catalog env problem
            sync.draft.text:   sync.draft sync run postgres env problem
            report:            migration sync sync.draft run postgres env problem
            github:            report migration sync run postgres env problem
            command:           report migration sync sync.plan sync.shape sync.compare sync.apply sync.draft \
                               sync.draft.evidence sync.draft.text run postgres postgres.catalog \
                               postgres.embedded env problem
            command.migrate:   command report migration migration.prisma migration.flyway run postgres \
                               postgres.embedded env problem
            command.undo:      command report sync sync.plan sync.apply sync.undo run postgres postgres.catalog \
                               postgres.embedded env problem
            command.github:    command github report run env problem
            mojo:              command command.migrate command.undo command.github github report migration sync \
                               sync.draft run postgres postgres.embedded env problem
            """);

    /** The descriptor's tool writes it anew in each build. */
    private static final DescribedPredicate<JavaClass> WRITTEN_BY_HAND =
            describe("written by hand", type -> !type.getName().equals(ROOT + "mojo.HelpMojo"));

    /** Not static: it takes much memory, which the tests after this one need. */
    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.dbops");

    @Test
    void everyPackageStandsInTheTable() {
        Set<String> packages =
                ours.stream().map(type -> room(type.getPackageName())).collect(toSet());

        assertThat(MAY_IMPORT.keySet()).containsAll(packages);
    }

    @Test
    void packagesImportDownwardOnly() {
        MAY_IMPORT.forEach((room, allowed) -> classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat(describe(
                        "live in " + allowed + " or are not ours",
                        type -> !type.getPackageName().startsWith(ROOT)
                                || room(type.getPackageName()).equals(room)
                                || allowed.contains(room(type.getPackageName()))))
                .allowEmptyShould(true)
                .check(ours));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    org.postgresql..     | postgres, postgres.embedded
                    dev.failsafe..       | postgres
                    org.flywaydb..       | migration.flyway
                    com.fasterxml..      | sync.plan, report, command, github
                    org.apache.maven..   | mojo
                    org.eclipse.aether.. | mojo
                    org.codehaus..       | mojo
                    javax.inject..       | mojo
                    java.net.http..      | github
                    io.zonky..           |
                    java.util.logging..  | postgres
                    tools.jackson..      | migration.flyway
                    """)
    void librariesHaveOneHome(String library, String owners) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes(owners))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ours);
    }

    @Test
    void onlyPostgresOpensConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes("postgres, postgres.embedded"))
                .should(dependOnClassesThat(describe(
                        "open connections",
                        type -> type.getName().equals("java.sql.DriverManager")
                                || type.getName().equals("javax.sql.DataSource"))))
                .check(ours);
    }

    @Test
    void onlyMojoAndEnvReadTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes("mojo, env"))
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(ours);
    }

    @Test
    void nobodyWritesToTheStandardStreams() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ours);
    }

    @Test
    void namesSayWhatTypesAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Processor|Handler|Service|Impl|DTO|Dto|Info|Data)")
                .orShould()
                .haveNameMatching(".*[.$](Abstract|Base)[A-Z].*")
                .check(ours);
    }

    @Test
    void nounsAnswerWithoutGet() {
        methods()
                .that(describe("are of our own making", ArchitectureTest::isOfOurOwnMaking))
                .and()
                .areDeclaredInClassesThat(WRITTEN_BY_HAND)
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .check(ours);
    }

    @Test
    void noStateIsStatic() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(WRITTEN_BY_HAND)
                .should()
                .beFinal()
                .check(ours);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(MAY_IMPORT.keySet())
                .filteredOn(room -> ours.containPackage(ROOT + room))
                .isNotEmpty()
                .allSatisfy(room -> {
                    JavaPackage found = ours.getPackage(ROOT + room);
                    assertThat(found.isAnnotatedWith(NullMarked.class)).as(room).isTrue();
                });
    }

    @Test
    void filesStaySmall() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Map<Path, Integer> lengths = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(toMap(file -> file, ArchitectureTest::lines));

            assertThat(lengths).isNotEmpty();
            assertThat(lengths.entrySet())
                    .filteredOn(
                            file -> file.getValue() > (file.getKey().toString().endsWith("Mojo.java") ? 120 : 300))
                    .isEmpty();
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfOurOwnMaking(JavaMethod method) {
        return Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                .noneMatch(type -> type.tryGetMethod(
                                method.getName(),
                                method.getRawParameterTypes().stream()
                                        .map(JavaClass::getName)
                                        .toArray(String[]::new))
                        .isPresent());
    }

    private static String room(String packageName) {
        return packageName.substring(Math.min(ROOT.length(), packageName.length()));
    }

    private static String[] homes(String owners) {
        return owners == null
                ? new String[] {}
                : Arrays.stream(owners.split(",\\s*")).map(ROOT::concat).toArray(String[]::new);
    }

    private static Map<String, Set<String>> table(String text) {
        return text.lines()
                .map(line -> line.split(":", 2))
                .collect(toMap(
                        line -> line[0].strip(),
                        line -> Stream.of(line[1].strip().split("\\s+"))
                                .filter(word -> !word.isEmpty())
                                .collect(toSet())));
    }
}
