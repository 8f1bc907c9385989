package org.langevin4j.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.Slice;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** The arrows of the house: solvers → core, models → core, examples → everything. */
@AnalyzeClasses(packages = "org.langevin4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.langevin4j.solvers..",
                    "org.langevin4j.models..",
                    "org.langevin4j.charts..",
                    "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule SOLVERS_KNOW_CORE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.solvers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.models..", "org.langevin4j.charts..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule MODELS_KNOW_CORE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.models..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.solvers..", "org.langevin4j.charts..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule LAPACK_KNOWS_CORE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.lapack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.langevin4j.solvers..",
                    "org.langevin4j.models..",
                    "org.langevin4j.charts..",
                    "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule CHARTS_KNOW_CORE_AND_SOLVERS = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.charts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.models..", "org.langevin4j.examples..");

    @ArchTest
    static final ArchRule ONLY_LAPACK_KNOWS_NATIVE_CODE = noClasses()
            .that()
            .resideOutsideOfPackage("org.langevin4j.lapack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.lapack..", "org.bytedeco..");

    /** Dense matrices are decomposed in one place. Colt is there for hep.aida and cern.jet. */
    @ArchTest
    static final ArchRule ONLY_ONE_PLACE_DECOMPOSES = noClasses()
            .that()
            .resideOutsideOfPackages("org.langevin4j.core.linear..", "org.langevin4j.lapack..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.hipparchus\\.linear\\..*(Decomposition|Decomposer|DecompositionSolver|Inverse).*")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ejml..", "cern.colt.matrix..")
            .orShould()
            .callMethod(MatrixUtils.class, "inverse", RealMatrix.class);

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
    static final ArchRule CORE_USES_LIBRARIES_OF_MATHEMATICS_ONLY = noClasses()
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
                    "org.jtransforms..",
                    "org.jspecify..",
                    "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule PACKAGES_ARE_CONCEPTS =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..", "..helper..");

    /** Every package is a slice of its own, those at the root of a module among them. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().assignedFrom(PACKAGES).should().beFreeOfCycles();

    /** A class at the root of a module is in a slice: it was in none once, and the circle of examples and cli went unseen. */
    @ArchTest
    static void rootPackagesAreSeen(JavaClasses classes) {
        Set<String> roots = Set.of("org.langevin4j.examples", "org.langevin4j.solvers");
        Set<String> seen = new HashSet<>();
        slices().assignedFrom(PACKAGES)
                .should(new ArchCondition<>("be listed") {
                    @Override
                    public void check(Slice slice, ConditionEvents events) {
                        slice.forEach(type -> seen.add(type.getPackageName()));
                    }
                })
                .evaluate(classes);
        assertThat(seen).containsAll(roots);
    }

    @ArchTest
    static final ArchRule CLI_KNOWS_NO_EXAMPLE = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.examples.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.langevin4j.examples");

    /**
     * Inside a room no arrow leads back up, but for the factories by which an interface makes what implements it (decision 19).
     */
    @ArchTest
    static void classesOfARoomHaveNoCircles(JavaClasses classes) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : classes) {
            String room = type.getPackageName();
            if (room.startsWith("org.langevin4j.examples") || room.startsWith("org.langevin4j.benchmarks")) {
                continue;
            }
            JavaClass from = outermost(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass to = outermost(dependency.getTargetClass().getBaseComponentType());
                boolean factory = from.isInterface() && to.isAssignableTo(from.getName());
                if (to.getPackageName().equals(room) && !to.equals(from) && !factory) {
                    arrows.computeIfAbsent(from.getName(), name -> new TreeSet<>())
                            .add(to.getName());
                }
            }
        }
        List<String> circles = new ArrayList<>();
        arrows.forEach((from, targets) -> targets.stream()
                .filter(to -> reachable(arrows, to).contains(from))
                .forEach(to -> circles.add(from + " -> " + to)));
        assertThat(circles).as("arrows that are part of a circle").isEmpty();
        assertThat(arrows).hasSizeGreaterThan(100);
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static Set<String> reachable(Map<String, Set<String>> arrows, String start) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (String next : arrows.getOrDefault(open.pop(), Set.of())) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return seen;
    }

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
