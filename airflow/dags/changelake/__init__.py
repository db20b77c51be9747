"""What the three DAGs share. Start at job.py, the one module that knows the command line."""
