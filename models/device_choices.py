"""What can run a model, by the names that users choose. It imports nothing: dialogs need it before all else."""

AUTOMATIC, CPU, CUDA, DIRECTML, COREML = "automatic", "CPU", "CUDA", "DirectML", "CoreML"
CHOICES = (AUTOMATIC, CPU, CUDA, DIRECTML, COREML)
