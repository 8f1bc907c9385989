package org.langevin4j.models.djl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of this module: it is found by a service, and only it knows DJL. */
@AnalyzeClasses(packages = "org.langevin4j.models", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NETWORKS_AND_FILES = noClasses()
            .that()
            .resideInAPackage("org.langevin4j.models.djl..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "ai.djl..",
                    "org.langevin4j.models.djl..",
                    "org.langevin4j.models.network..",
                    "org.langevin4j.models.file..");

    @ArchTest
    static final ArchRule IS_KNOWN_BY_NOBODY = noClasses()
            .that()
            .resideOutsideOfPackage("org.langevin4j.models.djl..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.langevin4j.models.djl..", "ai.djl..");
}
