package org.langevin4j.solvers.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.langevin4j.solvers.sweep.SweepPlan;
import org.langevin4j.solvers.sweep.SweepResult;

/** What a sweep on a cluster gave. Immutable. */
public final class SparkSweepResult {

    private final Dataset<Row> rows;
    private final SweepResult result;

    SparkSweepResult(SparkSession spark, SweepPlan plan, SweepResult result) {
        this.result = result;
        this.rows = spark.createDataFrame(rows(result), schema(plan));
    }

    private static StructType schema(SweepPlan plan) {
        List<String> titles = plan.titles();
        int first = plan.names().size();
        StructField[] fields = new StructField[titles.size()];
        for (int i = 0; i < fields.length; i++) {
            DataType type =
                    i == first ? DataTypes.IntegerType : i == first + 1 ? DataTypes.LongType : DataTypes.DoubleType;
            fields[i] = new StructField(titles.get(i), type, false, Metadata.empty());
        }
        return new StructType(fields);
    }

    private static List<Row> rows(SweepResult result) {
        List<Row> rows = new ArrayList<>();
        for (SweepResult.Row row : result.rows()) {
            List<Object> values = new ArrayList<>(row.point().values());
            values.add(row.point().replica());
            values.add(row.point().seed().value());
            values.addAll(row.values());
            rows.add(RowFactory.create(values.toArray()));
        }
        return rows;
    }

    /**
     * The finished points as a table of the session.
     *
     * @return parameters (double), {@code replica} (int), {@code seed} (long) and columns (double), none of them
     *     nullable, in the order of the sweep
     */
    public Dataset<Row> rows() {
        return rows;
    }

    /**
     * The same as one machine gives it.
     *
     * @return that of {@link org.langevin4j.solvers.sweep.Sweep#run}, to the last bit
     */
    public SweepResult result() {
        return result;
    }

    /**
     * The points that failed.
     *
     * @return failures in the order of the sweep
     */
    public List<SweepResult.Failure> failures() {
        return result.failures();
    }

    @Override
    public String toString() {
        return result.toString();
    }
}
