# Makes the networks of the tests and PyTorch's own gradients: python3 networks.py, PyTorch 1.13.
import numpy as np
import torch
from torch import nn

torch.manual_seed(1)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(4, 4, 3, padding=1, groups=2)
        self.norm = nn.LayerNorm([6, 6])

    def forward(self, x):
        return x + torch.tanh(self.norm(self.convolution(x)))


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([1.5, 0.5, 1.0]))

    def forward(self, x):
        return x * self.scale


class Branch(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.other = nn.Linear(6, 3), nn.Linear(6, 3)

    def forward(self, x):
        return self.one(x) if x.sum() > 100 else self.other(x)


class OneSample(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(6, 3)

    def forward(self, x):
        return self.dense(x.reshape(1, 6))


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.last = nn.Linear(6, 6), nn.Linear(6, 6, bias=False), nn.Linear(6, 3)
        self.second.weight = self.first.weight

    def forward(self, x):
        return self.last(torch.tanh(self.second(torch.tanh(self.first(x)))))


def settle(model, x):
    """Running averages of batch normalisation that are not 0 and 1."""
    model.train()
    for _ in range(20):
        model(x + 0.3 * torch.randn_like(x))
    for p in model.parameters():
        p.data += 0.1 * torch.randn_like(p)
    return model.eval()


def gradients(model, x, y):
    rows = []
    for k in range(len(x)):
        model.zero_grad()
        nn.functional.cross_entropy(model(x[k:k + 1]), y[k:k + 1]).backward()
        rows.append(torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten()
                               for p in model.parameters() if p.requires_grad]))
    return torch.stack(rows)


def save(name, model, x, module):
    y = torch.arange(len(x)) * 7 % 3
    norms = [m for m in model.modules() if isinstance(m, nn.BatchNorm1d) or isinstance(m, nn.BatchNorm2d)]
    np.savez(name + ".npz", x=x.numpy(), y=y.numpy(), gradients=gradients(model, x, y).numpy(),
             weights=torch.cat([p.detach().flatten() for p in model.parameters()]).numpy(),
             means=np.array([m.running_mean.numpy() for m in norms]),
             variances=np.array([m.running_var.numpy() for m in norms]))
    torch.jit.save(module, name + ".pt")


flat = torch.randn(70, 6)
images = torch.randn(70, 1, 6, 6)

dense = nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 3)).double()
settle(dense, flat.double())
save("dense", dense, flat.double(), torch.jit.trace(dense, flat[:2].double()))

convolution = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.1),
    nn.Conv2d(4, 4, 2, stride=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(16, 3))
settle(convolution, images)
save("convolution", convolution, images, torch.jit.trace(convolution, images[:2]))

residual = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.GELU(), Residual(),
    nn.AvgPool2d(2), nn.Flatten(2), nn.Linear(9, 2), nn.Flatten(), nn.Linear(8, 3, bias=False), Scale())
settle(residual, images)
residual[6].bias.requires_grad = False
save("residual", residual, images, torch.jit.script(residual))

branch = Branch()
save("branch", branch, flat, torch.jit.script(branch))

one = OneSample()
save("one", one, flat, torch.jit.trace(one, flat[:1]))

tied = Tied()
save("tied", tied, flat, torch.jit.script(tied))

# Networks that have no gradient of a sample, or none at all.
dense.train()
torch.jit.save(torch.jit.trace(dense, flat[:4].double(), check_trace=False), "training.pt")
noisy = nn.Sequential(nn.Linear(6, 32), nn.Dropout(0.5), nn.Linear(32, 3)).train()
torch.jit.save(torch.jit.trace(noisy, flat[:4], check_trace=False), "dropout.pt")
torch.jit.save(torch.jit.freeze(torch.jit.script(nn.Sequential(nn.Linear(6, 3)).eval())), "frozen.pt")
torch.jit.save(torch.jit.script(nn.Sequential(nn.Linear(6, 3)).half().eval()), "half.pt")
torch.save(nn.Linear(6, 3).state_dict(), "weights.pt")
