package org.etlsandbox.refresh;

import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.RefreshScope;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;

/**
 * Runs a sequence of scopes as one Spring Batch job: scopes are read one after the other, refreshed
 * in parallel, overlapping ones one after the other, and recorded together, after their destination
 * has committed.
 *
 * <p>The job keeps no state of its own: what was done is in the control database before the next
 * chunk begins, so a run that dies is simply made again. Hence the resourceless repository, one for
 * each run.
 */
public final class RefreshJob {

  /**
   * Scopes of each thread that are recorded together: at the end of a chunk the threads wait for
   * each other, and what a dead process had not recorded is refreshed again.
   */
  private static final int SCOPES_PER_THREAD = 8;

  private final String name;
  private final int parallelism;
  private final ObservationRegistry observations;

  /**
   * @param name of the job in meters
   * @param parallelism how many scopes are refreshed at the same time, 1 or more
   */
  public RefreshJob(String name, int parallelism, ObservationRegistry observations) {
    this.name = name;
    this.parallelism = parallelism;
    this.observations = observations;
  }

  /**
   * Runs to the end of the scopes or to the first failure.
   *
   * @param refresh refreshes one scope; called by several threads, never at the same time for
   *     scopes that share a rental
   * @param record records scopes that the destination has committed; called by one thread
   * @throws StoreException what stopped the run, after the scopes under way have ended
   * @throws CancellationException when {@code scopes} threw it
   */
  public void run(
      ScopeSource scopes,
      Function<RefreshScope, ScopeOutcome> refresh,
      Consumer<List<ScopeOutcome>> record,
      long runId) {
    ScopeOrder order = new ScopeOrder();
    ResourcelessJobRepository repository = new ResourcelessJobRepository();
    SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(name + "-");
    threads.setVirtualThreads(true);
    threads.setConcurrencyLimit(parallelism);
    Step step =
        new StepBuilder("refresh", repository)
            .<RefreshScope, ScopeOutcome>chunk(parallelism * SCOPES_PER_THREAD)
            .transactionManager(new ResourcelessTransactionManager())
            .reader(scopes::next)
            .processor(scope -> order.run(scope, refresh))
            .writer(chunk -> record.accept(new ArrayList<>(chunk.getItems())))
            .taskExecutor(threads)
            .observationRegistry(observations)
            .build();
    Job job =
        new JobBuilder(name, repository).observationRegistry(observations).start(step).build();
    JobExecution execution = start(job, repository, runId);
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw failure(execution);
    }
  }

  private JobExecution start(Job job, ResourcelessJobRepository repository, long runId) {
    try {
      TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
      operator.setJobRegistry(
          new MapJobRegistry()); // demanded, though nothing is looked up by name
      operator.setJobRepository(repository);
      operator.setTaskExecutor(new SyncTaskExecutor());
      operator.setObservationRegistry(observations);
      operator.afterPropertiesSet();
      return operator.start(
          job, new JobParametersBuilder().addLong("run", runId).toJobParameters());
    } catch (JobExecutionException e) {
      throw new IllegalStateException("Job " + name + " could not be started", e);
    } catch (Exception e) {
      throw new IllegalStateException("The job operator could not be set up", e);
    }
  }

  /** What Batch wrapped: the store's own failure, the most serious one first. */
  private static RuntimeException failure(JobExecution execution) {
    StoreException found = null;
    Throwable other = null;
    for (Throwable failure : execution.getAllFailureExceptions()) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof CancellationException cancelled) {
          return cancelled;
        }
        if (cause instanceof StoreException store
            && (found == null || store.kind() == Kind.FENCED)) {
          found = store;
        }
      }
      other = failure;
    }
    if (found != null) {
      return found;
    }
    return new IllegalStateException("Run ended as " + execution.getExitStatus(), other);
  }
}
