package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.block.InsufficientMemoryException;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.examples.cli.output.OutputException;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.ensemble.CheckpointException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Faults as one line on standard error, and their exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final int WRONG_INPUT = 2;
    private static final int PROGRAM_FAILED = 3;
    private static final String STACK_TRACE = "--stacktrace";

    static void addStackTraceOption(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder(STACK_TRACE)
                        .type(boolean.class)
                        .description("After a failure, also print where in the program it arose.")
                        .build());
    }

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        String message = Optional.ofNullable(fault.getMessage()).orElse("wrong command line");
        if (fault instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message = unknown(unmatched.getUnmatched().get(0), command);
        }
        print(command, message + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
        return WRONG_INPUT;
    }

    private static String unknown(String word, CommandLine command) {
        List<String> known = new ArrayList<>();
        if (word.startsWith("-")) {
            command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
            return "no option is called '" + word + "'" + DidYouMean.among(known, word);
        }
        known.addAll(command.getSubcommands().keySet());
        return known.isEmpty()
                ? "one word too many: '" + word + "'"
                : "no command is called '" + word + "'" + DidYouMean.among(known, word);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        return report(failure, command);
    }

    /** Prints the failure and returns the exit status. */
    static int report(Throwable failure, CommandLine command) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        int status = WRONG_INPUT;
        if (cause instanceof OutputException) {
            print(command, String.valueOf(cause.getMessage()));
            status = PROGRAM_FAILED;
        } else if (cause instanceof NumericalException) {
            print(command, "no result: " + cause.getMessage());
            status = PROGRAM_FAILED;
        } else if (cause instanceof CheckpointException) {
            print(command, String.valueOf(cause.getMessage()));
        } else if (cause instanceof IOException io) {
            print(command, describe(io));
            status = isDiskFull(io) || io.getCause() instanceof OutOfMemoryError ? PROGRAM_FAILED : status;
        } else if (cause instanceof IllegalArgumentException) {
            print(command, Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
            status = cause instanceof InsufficientMemoryException ? PROGRAM_FAILED : status;
        } else if (cause instanceof OutOfMemoryError) {
            print(command, "not enough memory; give Java more with -Xmx (" + cause.getMessage() + ")");
            status = PROGRAM_FAILED;
        } else {
            print(command, "failed: " + cause + " (" + STACK_TRACE + " shows where)");
            status = PROGRAM_FAILED;
        }
        if (stackTraceWanted(command)) {
            PrintWriter err = command.getErr();
            failure.printStackTrace(err);
            err.flush();
        }
        return status;
    }

    /** The system's own words, which Java hands on as it got them. */
    private static boolean isDiskFull(IOException failure) {
        String message = Optional.ofNullable(failure.getMessage()).orElse("");
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static boolean stackTraceWanted(CommandLine command) {
        for (CommandLine at = command; at != null; at = at.getParent()) {
            ParseResult result = at.getParseResult();
            if (result != null && result.hasMatchedOption(STACK_TRACE)) {
                return true;
            }
        }
        return false;
    }

    /** The exceptions of java.nio.file have the name of the file for a message and nothing else. */
    private static String describe(IOException failure) {
        String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
        if (failure instanceof NoSuchFileException) {
            return message + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return message + ": permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return message + ": is in the way, not a folder";
        }
        return failure instanceof FileSystemException system && system.getReason() == null
                ? message + ": cannot be used (" + failure.getClass().getSimpleName() + ")"
                : message;
    }

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("langevin4j: " + message.replaceAll("\\s*\\R\\s*", " ").trim());
        err.flush();
    }
}
