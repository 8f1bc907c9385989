def each(w: Tensor, n: int) -> Tensor:
  s = torch.expand(torch.unsqueeze(torch.detach(w), 0), torch.add([n], torch.size(w)))
  return torch.requires_grad_(torch.contiguous(s), True)
def some(w: Optional[Tensor], n: int) -> Optional[Tensor]:
  if torch.__is__(w, None):
    r = w
  else:
    r = __torch__.langevin4j.each(unchecked_cast(Tensor, w), n)
  return r
def plus(y: Tensor, b: Optional[Tensor], dim: int) -> Tensor:
  if torch.__is__(b, None):
    z = y
  else:
    z = torch.add(y, torch.unsqueeze(unchecked_cast(Tensor, b), dim))
  return z
def linear(x: Tensor, w: Tensor, b: Optional[Tensor]=None) -> Tensor:
  if torch.eq(torch.dim(x), 2):
    u = torch.unsqueeze(x, 1)
  else:
    u = torch.flatten(x, 1, -2)
  y = __torch__.langevin4j.plus(torch.bmm(u, torch.transpose(w, 1, 2)), b, 1)
  return torch.view(y, torch.add(torch.slice(torch.size(x), 0, -1), [torch.size(w, 1)]))
def conv2d(x: Tensor, w: Tensor, b: Optional[Tensor]=None, stride: List[int]=[1, 1], padding: List[int]=[0, 0], dilation: List[int]=[1, 1], groups: int=1) -> Tensor:
  n = torch.size(x, 0)
  kernel = [torch.size(w, 3), torch.size(w, 4)]
  u = torch.im2col(x, kernel, dilation, padding, stride)
  many = torch.mul(n, groups)
  outputs = torch.size(w, 1)
  v = torch.reshape(u, [many, torch.floordiv(torch.size(u, 1), groups), torch.size(u, 2)])
  k = torch.reshape(w, [many, torch.floordiv(outputs, groups), torch.size(v, 1)])
  y = torch.reshape(torch.bmm(k, v), [n, outputs, torch.size(u, 2)])
  reach = torch.add(torch.mul(dilation[0], torch.sub(kernel[0], 1)), 1)
  rows = torch.floordiv(torch.sub(torch.add(torch.size(x, 2), torch.mul(2, padding[0])), reach), stride[0])
  return torch.view(__torch__.langevin4j.plus(y, b, 2), [n, outputs, torch.add(rows, 1), -1])
def _convolution(x: Tensor, w: Tensor, b: Optional[Tensor], stride: List[int], padding: List[int], dilation: List[int], transposed: bool, output_padding: List[int], groups: int, benchmark: bool, deterministic: bool, cudnn: bool, tf32: bool=True) -> Tensor:
  if transposed:
    ops.prim.RaiseException("transposed", "builtins.ValueError")
  else:
    pass
  return __torch__.langevin4j.conv2d(x, w, b, stride, padding, dilation, groups)
def scaled(y: Tensor, w: Optional[Tensor], b: Optional[Tensor], dim: int) -> Tensor:
  if torch.__is__(w, None):
    z = y
  else:
    z = torch.mul(y, torch.unsqueeze(unchecked_cast(Tensor, w), dim))
  return __torch__.langevin4j.plus(z, b, dim)
def batch_norm(x: Tensor, w: Optional[Tensor], b: Optional[Tensor], mean: Optional[Tensor], variance: Optional[Tensor], training: bool, momentum: float, eps: float, cudnn: bool) -> Tensor:
  y = torch.batch_norm(x, None, None, mean, variance, training, momentum, eps, cudnn)
  z = torch.reshape(y, [torch.size(x, 0), torch.size(x, 1), -1])
  return torch.view_as(__torch__.langevin4j.scaled(z, w, b, 2), y)
def layer_norm(x: Tensor, shape: List[int], w: Optional[Tensor]=None, b: Optional[Tensor]=None, eps: float=1.0000000000000001e-05, cudnn: bool=True) -> Tensor:
  y = torch.layer_norm(x, shape, None, None, eps, cudnn)
  z = torch.reshape(y, torch.add([torch.size(x, 0), -1], shape))
  return torch.view_as(__torch__.langevin4j.scaled(z, w, b, 1), y)
