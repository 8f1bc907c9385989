package org.langevin4j.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** The arrows of the house: solvers → core, models → core, examples → everything. */
@AnalyzeClasses(packages = "org.langevin4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.solvers..", "org.langevin4j.models..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule SOLVERS_KNOW_CORE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.solvers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.models..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule MODELS_KNOW_CORE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.models..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.solvers..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule LAPACK_KNOWS_CORE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.lapack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.solvers..", "org.langevin4j.models..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule ONLY_LAPACK_KNOWS_NATIVE_CODE = noClasses()
            .that()
            .resideOutsideOfPackage("org.langevin4j.lapack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.lapack..", "org.bytedeco..");

    @ArchTest
    static final ArchRule CORE_HAS_NO_FILES_AND_NO_THREADS = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File");

    @ArchTest
    static final ArchRule CORE_USES_HIPPARCHUS_AND_COLT_ONLY = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.core..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.langevin4j.core..",
                    "org.hipparchus..",
                    "cern..",
                    "hep..",
                    "org.jspecify..",
                    "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule PACKAGES_ARE_CONCEPTS =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..", "..helper..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.langevin4j.(*).(**)").should().beFreeOfCycles();

    /** Classes that are no result and no setting of one, or print nothing that could be read. */
    private static final Set<String> WITHOUT_TEXT =
            Set.of("BatchRunner", "Cancellation", "StateReader", "StateWriter", "JumpStepper");

    private static final DescribedPredicate<JavaClass> HOLD_SOMETHING = DescribedPredicate.describe(
            "hold something",
            type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                    && !type.isInterface()
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                    && !type.isAssignableTo(Throwable.class)
                    && !WITHOUT_TEXT.contains(type.getSimpleName())
                    && type.getFields().stream()
                            .anyMatch(field -> !field.getModifiers().contains(JavaModifier.STATIC)));

    /** What a user may print says what it is; a class that inherits its text from Object does not. */
    @ArchTest
    static final ArchRule RESULTS_CAN_BE_READ = classes()
            .that()
            .resideInAnyPackage("org.langevin4j.core..", "org.langevin4j.solvers..", "org.langevin4j.models..")
            .and(HOLD_SOMETHING)
            .should(new ArchCondition<>("have a text of their own") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean own = type.getAllMethods().stream()
                            .anyMatch(method -> method.getName().equals("toString")
                                    && method.getRawParameterTypes().isEmpty()
                                    && !method.getOwner().isEquivalentTo(Object.class));
                    events.add(new SimpleConditionEvent(type, own, type.getName() + " has no toString of its own"));
                }
            });
}
